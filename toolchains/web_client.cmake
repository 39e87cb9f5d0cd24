# Builds client-wasm with Emscripten in a build of its own and packs it with web/ for the server binary.
