#include "lettering/letterer.hpp"

namespace parley::lettering {

Style styled(Style style, Marks marks) {
    constexpr float kCodeSize = 0.9f;  // of the text around it: web/style.css
    if ((marks & kBold) != 0) style.weight = Weight::semibold;
    if ((marks & kItalic) != 0) style.italic = true;
    if ((marks & kCode) != 0 && !style.mono) {
        style.mono = true;
        style.size *= kCodeSize;
    }
    return style;
}

}  // namespace parley::lettering
