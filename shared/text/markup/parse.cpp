#include "markup/block_reader.hpp"
#include "markup/markup.hpp"

namespace parley::markup {

Tree parse(std::string_view text) {
    Tree tree;
    BlockReader(text, tree).read();
    return tree;
}

}  // namespace parley::markup
