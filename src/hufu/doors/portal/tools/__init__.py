"""The tools that ask the law for anybody: forms in, answers with their articles out."""
