"""The providers as a local server, written from their documents and not from paycli's declarations.

Nothing here imports the rest of paycli: two readings of one document that disagree are how mistakes are found.
"""
