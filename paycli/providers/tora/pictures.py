"""Where images lie in Tora's answers: logos and barcodes, as Base64."""

from paycli.operations.pictures import Pictures

PICTURES = Pictures(content="content", media="mediaType", kind="type", owners=("productCode", "providerCode", "id"))
