#include "platform/browser_letterer.hpp"

#include <GLES3/gl3.h>
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <cstring>

// clang-format off
EM_JS(double, parley_text_baseline, (int weight, double size, double line), {
  return globalThis.parleyPage.text.baseline(weight, size, line);
});
EM_JS(void, parley_text_measure, (int weight, double pixels, const char* text, int size, int order, float* out), {
  HEAPF32.set(globalThis.parleyPage.text.measure(weight, pixels, UTF8ToString(text, size), order), out >> 2);
});
EM_JS(int, parley_text_fit, (int weight, double pixels, const char* text, int size, double width), {
  const words = UTF8ToString(text, size);
  return lengthBytesUTF8(words.slice(0, globalThis.parleyPage.text.fit(weight, pixels, words, width)));
});
EM_JS(void, parley_text_paint, (int texture, int x, int y, int wide, int high, int weight, double pixels, const char* text, int size, int order, int left, int top, int colour, int dark), {
  const ink = colour < 0 ? "" : '#' + colour.toString(16).padStart(6, '0');
  const board = globalThis.parleyPage.text.paint(weight, pixels, UTF8ToString(text, size), order, left, top, wide, high, ink, dark !== 0);
  GLctx.bindTexture(GLctx.TEXTURE_2D, GL.textures[texture]);
  GLctx.pixelStorei(GLctx.UNPACK_ALIGNMENT, 4);
  GLctx.texSubImage2D(GLctx.TEXTURE_2D, 0, x, y, wide, high, GLctx.RGBA, GLctx.UNSIGNED_BYTE, board);
});
// Requests as numbers, each: bytes of its text, number of spans, each span's kind, begin and end in bytes; the texts one
// after the other. The answer is malloc's, in numbers: of each request lines and fragments, of each fragment begin, end,
// x and y in 64ths, order, span.
EM_JS(int*, parley_text_lay_out, (int weight, double size, double density, double line, double width, int count, const unsigned* numbers, const char* texts), {
  const requests = [];
  let at = numbers >> 2;
  let text = texts;
  for (let i = 0; i < count; ++i) {
    const bytes = HEAPU32[at++];
    const spans = [];
    const words = UTF8ToString(text, bytes);
    // Where each UTF-16 unit begins in bytes; the same number where all is ASCII.
    let offsets = null;
    if (words.length !== bytes) {
      offsets = new Uint32Array(words.length + 1);
      for (let unit = 0, sum = 0; unit < words.length; ++unit) {
        const code = words.charCodeAt(unit);
        sum += code < 0x80 ? 1 : code < 0x800 ? 2 : code >= 0xd800 && code < 0xe000 ? 2 : 3;
        offsets[unit + 1] = sum;
      }
    }
    const unitOf = (byte) => {
      if (!offsets) return byte;
      let low = 0, high = words.length;
      while (low < high) { const middle = (low + high) >> 1; if (offsets[middle] < byte) low = middle + 1; else high = middle; }
      return low;
    };
    for (let left = HEAPU32[at++]; left > 0; --left) {
      spans.push({ kind: HEAPU32[at], begin: unitOf(HEAPU32[at + 1]), end: unitOf(HEAPU32[at + 2]) });
      at += 3;
    }
    requests.push({ text: words, spans, offsets });
    text += bytes;
  }
  const results = globalThis.parleyPage.text.layOut(weight, size, density, line, width, requests);
  const answer = [];
  results.forEach(({ fragments, lines }, index) => {
    const offsets = requests[index].offsets;
    const byteOf = (unit) => offsets ? offsets[unit] : unit;
    answer.push(lines, fragments.length);
    for (const each of fragments) answer.push(byteOf(each.begin), byteOf(each.end), Math.round(each.x * 64), Math.round(each.y * 64), each.order, each.span);
  });
  const place = _malloc(4 * answer.length);
  HEAP32.set(answer, place >> 2);
  return place;
});
EM_JS(void, parley_watch_fonts, (void), { globalThis.parleyPage.fontsChanged = () => _parley_fonts_changed(); });
// clang-format on

namespace parley::platform {

namespace {

std::function<void()>* fonts_changed = nullptr;

using lettering::Style;

int weight_of(const Style& style) {
    return style.weight == lettering::Weight::semibold ? 600 : 400;
}
int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

std::vector<lettering::Layout> read_layouts(const int* at, std::size_t count) {
    std::vector<lettering::Layout> layouts(count);
    for (auto& layout : layouts) {
        layout.lines = static_cast<std::uint32_t>(*at++);
        layout.fragments.resize(static_cast<std::size_t>(*at++));
        for (auto& fragment : layout.fragments) {
            fragment.begin = static_cast<std::uint32_t>(*at++);
            fragment.end = static_cast<std::uint32_t>(*at++);
            fragment.x = static_cast<float>(*at++) / 64;
            fragment.y = static_cast<float>(*at++) / 64;
            fragment.order = static_cast<lettering::Order>(*at++);
            fragment.span = static_cast<std::uint16_t>(*at++);
        }
    }
    return layouts;
}

}  // namespace

float BrowserLetterer::baseline(const Style& style) {
    return static_cast<float>(parley_text_baseline(weight_of(style), style.size, style.line));
}

lettering::Measure BrowserLetterer::measure(const Style& style, float density, std::string_view text,
                                            lettering::Order order) {
    float out[6];
    parley_text_measure(weight_of(style), style.size * density, text.data(), size_of(text), static_cast<int>(order),
                        out);
    return {out[0] / density, out[1] / density, out[2] / density, out[3] / density, out[4] / density, out[5] != 0};
}

std::size_t BrowserLetterer::fit(const Style& style, std::string_view text, float width) {
    return static_cast<std::size_t>(parley_text_fit(weight_of(style), style.size, text.data(), size_of(text), width));
}

std::vector<lettering::Layout> BrowserLetterer::lay_out(const Style& style, float density, float width,
                                                        std::span<const Request> requests) {
    std::vector<unsigned> numbers;
    std::string texts;
    for (const auto& request : requests) {
        numbers.push_back(static_cast<unsigned>(request.text.size()));
        numbers.push_back(static_cast<unsigned>(request.spans.size()));
        for (const auto& span : request.spans)
            numbers.insert(numbers.end(), {static_cast<unsigned>(span.kind), span.begin, span.end});
        texts += request.text;
    }
    int* answer = parley_text_lay_out(weight_of(style), style.size, density, style.line, width,
                                      static_cast<int>(requests.size()), numbers.data(), texts.data());
    auto layouts = read_layouts(answer, requests.size());
    std::free(answer);
    return layouts;
}

std::uint64_t BrowserLetterer::make_page(std::uint16_t page, std::uint16_t side) {
    unsigned texture = 0;
    glGenTextures(1, &texture);
    glBindTexture(GL_TEXTURE_2D, texture);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_NEAREST);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
    glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
    glTexStorage2D(GL_TEXTURE_2D, 1, GL_RGBA8, side, side);
    if (page >= textures_.size()) textures_.resize(page + 1u);
    textures_[page] = texture;
    return texture;
}

void BrowserLetterer::paint(const lettering::Spot& spot, const Picture& picture) {
    parley_text_paint(static_cast<int>(textures_[spot.page]), spot.x, spot.y, spot.width, spot.height,
                      weight_of(picture.style), picture.style.size * picture.density, picture.text.data(),
                      size_of(picture.text), static_cast<int>(picture.order), picture.left, picture.top,
                      picture.is_coloured ? static_cast<int>(picture.colour) : -1, picture.dark ? 1 : 0);
}

void BrowserLetterer::watch_fonts(std::function<void()>* changed) {
    fonts_changed = changed;
    parley_watch_fonts();
}

}  // namespace parley::platform

extern "C" EMSCRIPTEN_KEEPALIVE void parley_fonts_changed() {
    if (parley::platform::fonts_changed != nullptr) (*parley::platform::fonts_changed)();
}
