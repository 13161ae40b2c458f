"The systems that SAFE is compared with, one module each."
