"""What runs in, and talks to, the process that opens untrusted files.

`pdf_reader` and `page_renderer` start the programs in this package through `process.run_child`; the
programs confine themselves (`limits.confine`) before they look at the first byte.
"""
