"""Random documents and bad requests against the sandbox: no 5xx, no traceback, no reply amiss.

`make fuzz` runs it for FUZZ_SECONDS, which are 600 unless told otherwise.

    server     the sandbox in a process of its own, with everything logged that it would log
    oracle     what is wrong with a reply
    words      values that mean somebody in the sandbox, and values that mean nobody
    documents  documents for every root field, valid and with one fault (hypothesis-graphql)
    whole      requests that find somebody, and ask for everything
    mangled    broken GraphQL, bodies and bytes (hypothesis alone)
    tool       schemathesis, as anybody would run it, with the oracle among its checks
    run        all of it, within a time, and the figures
"""
