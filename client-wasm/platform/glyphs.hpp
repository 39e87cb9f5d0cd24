// ImGui's own font without a font file: a loader whose glyphs the browser rasterises on a 2D canvas (web/glyphs.js).
// For ASCII chrome and ImGui's own widgets; what people write and whatever may be translated is set by BrowserLetterer.
// The only unit that touches ImGui's internal loader interface. Main thread; one per page.
#pragma once

namespace parley::platform {

void add_font();

}  // namespace parley::platform
