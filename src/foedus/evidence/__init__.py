"""Documents, and what is coded from them: files to documents, sentences and claims."""
