#include "platform/browser_letterer.hpp"

#include <GLES3/gl3.h>
#include <emscripten/emscripten.h>

#include <cstdlib>
#include <cstring>

// clang-format off
EM_JS(double, parley_text_baseline, (int face, double size, double line), {
  return globalThis.parleyPage.text.baseline(face, size, line);
});
EM_JS(void, parley_text_measure, (int face, double pixels, const char* text, int size, int order, float* out), {
  HEAPF32.set(globalThis.parleyPage.text.measure(face, pixels, globalThis.parleyPage.text.textOf(HEAPU8.subarray(text, text + size)), order), out >> 2);
});
EM_JS(int, parley_text_fit, (int face, double pixels, const char* text, int size, double width), {
  const words = globalThis.parleyPage.text.textOf(HEAPU8.subarray(text, text + size));
  return lengthBytesUTF8(words.slice(0, globalThis.parleyPage.text.fit(face, pixels, words, width)));
});
EM_JS(char*, parley_text_capital, (const char* text, int size), {
  const page = globalThis.parleyPage.text;
  return stringToNewUTF8(page.capital(page.textOf(HEAPU8.subarray(text, text + size))));
});
EM_JS(void, parley_text_paint, (int texture, int x, int y, int wide, int high, int face, double pixels, const char* text, int size, int order, int left, int top, int colour, int dark), {
  const ink = colour < 0 ? "" : '#' + colour.toString(16).padStart(6, '0');
  const board = globalThis.parleyPage.text.paint(face, pixels, globalThis.parleyPage.text.textOf(HEAPU8.subarray(text, text + size)), order, left, top, wide, high, ink, dark !== 0);
  GLctx.bindTexture(GLctx.TEXTURE_2D, GL.textures[texture]);
  GLctx.pixelStorei(GLctx.UNPACK_ALIGNMENT, 4);
  GLctx.texSubImage2D(GLctx.TEXTURE_2D, 0, x, y, wide, high, GLctx.RGBA, GLctx.UNSIGNED_BYTE, board);
});
// Requests as numbers, each: bytes of its text; number of spans, each one's marks, begin and end in bytes; number of
// blocks, each one's begin, end, quotes, items, empty lines above, whether it is code; the texts one after the other. The
// answer is malloc's, in numbers: of each request its height (lengths are 64ths), blocks and fragments; of each block its
// top, its height and whether it goes from right to left; of each fragment begin, end, x, y, order, span.
EM_JS(int*, parley_text_lay_out, (int face, double size, double density, double line, double width, int count, const unsigned* numbers, const char* texts), {
  const requests = [];
  let at = numbers >> 2;
  let text = texts;
  for (let i = 0; i < count; ++i) {
    const bytes = HEAPU32[at++];
    const spans = [];
    const words = globalThis.parleyPage.text.textOf(HEAPU8.subarray(text, text + bytes));
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
      spans.push({ marks: HEAPU32[at], begin: unitOf(HEAPU32[at + 1]), end: unitOf(HEAPU32[at + 2]), address: "about:blank" });
      at += 3;
    }
    const blocks = [];
    for (let left = HEAPU32[at++]; left > 0; --left) {
      blocks.push({ begin: unitOf(HEAPU32[at]), end: unitOf(HEAPU32[at + 1]), quotes: HEAPU32[at + 2], items: HEAPU32[at + 3], above: HEAPU32[at + 4], code: HEAPU32[at + 5] !== 0 });
      at += 6;
    }
    requests.push({ text: words, spans, blocks, offsets });
    text += bytes;
  }
  const results = globalThis.parleyPage.text.layOut(face, size, density, line, width, requests);
  const answer = [];
  results.forEach(({ fragments, blocks, height }, index) => {
    const offsets = requests[index].offsets;
    const byteOf = (unit) => offsets ? offsets[unit] : unit;
    answer.push(Math.round(height * 64), blocks.length, fragments.length);
    for (const each of blocks) answer.push(Math.round(each.top * 64), Math.round(each.height * 64), each.rightToLeft ? 1 : 0);
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

// As bits: web/text.js.
int face_of(const Style& style) {
    return (style.weight == lettering::Weight::semibold ? 1 : 0) | (style.italic ? 2 : 0) | (style.mono ? 4 : 0);
}
int size_of(std::string_view text) {
    return static_cast<int>(text.size());
}

// The numbers of an answer, one after the other.
class Answer {
  public:
    explicit Answer(const int* at) : at_(at) {}
    [[nodiscard]] std::uint32_t number() { return static_cast<std::uint32_t>(*at_++); }
    [[nodiscard]] float length() { return static_cast<float>(*at_++) / 64; }

  private:
    const int* at_;
};

lettering::Layout read_layout(Answer& answer) {
    lettering::Layout layout;
    layout.height = answer.length();
    layout.blocks.resize(answer.number());
    layout.fragments.resize(answer.number());
    for (auto& block : layout.blocks) {
        block.top = answer.length();
        block.height = answer.length();
        block.right_to_left = answer.number() != 0;
    }
    for (auto& fragment : layout.fragments) {
        fragment.begin = answer.number();
        fragment.end = answer.number();
        fragment.x = answer.length();
        fragment.y = answer.length();
        fragment.order = static_cast<lettering::Order>(answer.number());
        fragment.span = static_cast<std::uint16_t>(answer.number());
    }
    return layout;
}

void write_request(std::vector<unsigned>& numbers, const lettering::Letterer::Request& request) {
    numbers.push_back(static_cast<unsigned>(request.text.size()));
    numbers.push_back(static_cast<unsigned>(request.spans.size()));
    for (const auto& span : request.spans)
        numbers.insert(numbers.end(), {static_cast<unsigned>(span.marks), span.begin, span.end});
    numbers.push_back(static_cast<unsigned>(request.blocks.size()));
    for (const auto& block : request.blocks)
        numbers.insert(numbers.end(), {block.begin, block.end, unsigned{block.quotes}, unsigned{block.items},
                                       unsigned{block.empty_above}, block.code ? 1u : 0u});
}

}  // namespace

float BrowserLetterer::baseline(const Style& style) {
    return static_cast<float>(parley_text_baseline(face_of(style), style.size, style.line));
}

lettering::Measure BrowserLetterer::measure(const Style& style, float density, std::string_view text,
                                            lettering::Order order) {
    float out[6];
    parley_text_measure(face_of(style), style.size * density, text.data(), size_of(text), static_cast<int>(order), out);
    return {out[0] / density, out[1] / density, out[2] / density, out[3] / density, out[4] / density, out[5] != 0};
}

std::size_t BrowserLetterer::fit(const Style& style, std::string_view text, float width) {
    return static_cast<std::size_t>(parley_text_fit(face_of(style), style.size, text.data(), size_of(text), width));
}

std::vector<lettering::Layout> BrowserLetterer::lay_out(const Style& style, float density, float width,
                                                        std::span<const Request> requests) {
    std::vector<unsigned> numbers;
    std::string texts;
    for (const auto& request : requests) {
        write_request(numbers, request);
        texts += request.text;
    }
    int* answer = parley_text_lay_out(face_of(style), style.size, density, style.line, width,
                                      static_cast<int>(requests.size()), numbers.data(), texts.data());
    std::vector<lettering::Layout> layouts;
    Answer reading(answer);
    for (std::size_t i = 0; i < requests.size(); ++i) layouts.push_back(read_layout(reading));
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
                      face_of(picture.style), picture.style.size * picture.density, picture.text.data(),
                      size_of(picture.text), static_cast<int>(picture.order), picture.left, picture.top,
                      picture.is_coloured ? static_cast<int>(picture.colour) : -1, picture.dark ? 1 : 0);
}

std::string BrowserLetterer::capital(std::string_view text) {
    char* letter = parley_text_capital(text.data(), size_of(text));
    std::string copy(letter);
    std::free(letter);
    return copy;
}

void BrowserLetterer::watch_fonts(std::function<void()>* changed) {
    fonts_changed = changed;
    parley_watch_fonts();
}

}  // namespace parley::platform

extern "C" EMSCRIPTEN_KEEPALIVE void parley_fonts_changed() {
    if (parley::platform::fonts_changed != nullptr) (*parley::platform::fonts_changed)();
}
