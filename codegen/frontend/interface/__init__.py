"""What a document offers around its schemas, as data of the IR.

Every field of every object goes one of three ways: its meaning into a field of the
part, what is for people into `notes`, and what is none of both into `unread`.
"""
