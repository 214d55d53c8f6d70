# Which commands `flask` offers in this directory: those of whoever runs the service.
FLASK_APP=service.cli
