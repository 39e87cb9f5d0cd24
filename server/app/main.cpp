// parley-server: see commands.hpp for what it takes.
#include "app/commands.hpp"

int main(int argc, char** argv) {
    return parley::app::run(argc, argv);
}
