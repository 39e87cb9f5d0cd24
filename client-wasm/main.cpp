// The web client: one page for ever. Everything happens in the browser's callbacks.
#include "page.hpp"

int main() {
    static parley::Page page;
    page.start();
    return 0;
}
