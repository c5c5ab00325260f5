"""Build time only: the ariadne-codegen plugin that compiles `queries/` into `leadiq._generated`."""
