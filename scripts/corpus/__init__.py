"""Makes the illustrative protocols of `corpus/`: facts and prose in, PDF files and manifest out."""
