"""The example service under load: `make service`."""
