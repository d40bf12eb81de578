"""How the models of this folder are made: public data, references that we render, features, the trainer.

python -m bibliography.parse.training SHARED_DATA
"""
