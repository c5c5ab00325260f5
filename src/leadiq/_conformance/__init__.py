"""Whether a server behaves as LeadIQ is known to: cases, what is expected of each, and a runner.

The judge is a plain HTTP client that knows the schema; nothing of the SDK's own client takes part,
so what it finds out is about the server. `leadiq doctor --conformance` runs it against LeadIQ, the
tests run it against the sandbox. Needs graphql-core: `pip install 'leadiq-sdk[schema]'`.

    case      what is sent, and what has to come back      (values)
    cases     all of them: cases_reads, cases_pages, cases_language, cases_refused, cases_writes
    guesses   what nobody has published about LeadIQ, and the settings that change the guess
    shapes    whether data is what a document selects; leaves: whether a value is its scalar
    envelope  whether a body is a GraphQL reply
    judging   what of a reply is not as a case expects it   (pure)
    runner    sends the cases, one after the other
"""
