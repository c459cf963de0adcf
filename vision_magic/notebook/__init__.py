"""The magics, views and widgets: the only package that imports IPython."""
