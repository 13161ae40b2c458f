"Sessions and streams of images: the embedded benchmarks and the seven datasets."
