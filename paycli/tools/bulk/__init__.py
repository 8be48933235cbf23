"""``paycli bulk``: one operation for each row of a CSV file; resumable, and never twice.

The whole file is read and checked before anything is sent (``sheet``, ``cells``, ``plan``); then every row goes through
the pipeline like a single command (``rows``, ``work``). What was done before is found in the journal.
"""
