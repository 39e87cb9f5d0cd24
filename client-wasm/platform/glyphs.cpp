#include "platform/glyphs.hpp"

#include <emscripten/emscripten.h>
#include <imgui.h>
#include <imgui_internal.h>

#include <cmath>
#include <cstdlib>
#include <string>

// clang-format off
EM_JS(void, parley_line_metrics, (int weight, double pixels, float* out), {
  const metrics = globalThis.parleyPage.glyphs.lineMetrics(weight, pixels);
  HEAPF32[out >> 2] = metrics[0];
  HEAPF32[(out >> 2) + 1] = metrics[1];
});
EM_JS(double, parley_advance, (int weight, double pixels, const char* text), {
  return globalThis.parleyPage.glyphs.advance(weight, pixels, UTF8ToString(text));
});
// Fills `out` with advance, left, top, width, height, coloured; returns width * height * 4 bytes of malloc's, or null.
EM_JS(unsigned char*, parley_raster, (int weight, double pixels, const char* text, float* out), {
  const glyph = globalThis.parleyPage.glyphs.raster(weight, pixels, UTF8ToString(text));
  const bytes = glyph.data ? _malloc(glyph.data.length) : 0;
  if (bytes) HEAPU8.set(glyph.data, bytes);
  HEAPF32.set([glyph.advance, glyph.left, glyph.top, glyph.width, glyph.height, glyph.coloured ? 1 : 0], out >> 2);
  return bytes;
});
// clang-format on

namespace parley::platform {

namespace {

constexpr int kWeight = 400;

std::string text_of(ImWchar code_point) {
    char bytes[5];
    ImTextCharToUtf8(bytes, code_point);
    return bytes;
}

bool always(ImFontAtlas*, ImFontConfig*) {
    return true;
}
void nothing(ImFontAtlas*, ImFontConfig*) {}
bool contains(ImFontAtlas*, ImFontConfig*, ImWchar) {
    return true;
}

bool start_baked(ImFontAtlas*, ImFontConfig*, ImFontBaked* baked, void*) {
    float metrics[2];
    parley_line_metrics(kWeight, baked->Size, metrics);
    baked->Ascent = std::round(metrics[0]);
    baked->Descent = -std::round(metrics[1]);
    return true;
}

struct Raster {
    float advance, left, top, width, height, coloured;
};

bool pack(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, const Raster& raster,
          const unsigned char* pixels, ImFontGlyph* glyph) {
    const int width = static_cast<int>(raster.width);
    const int height = static_cast<int>(raster.height);
    const ImFontAtlasRectId id = ImFontAtlasPackAddRect(atlas, width, height);
    if (id == ImFontAtlasRectId_Invalid) return false;
    const float scale = 1.0f / baked->RasterizerDensity;
    glyph->X0 = raster.left * scale;
    glyph->X1 = (raster.left + raster.width) * scale;
    glyph->Y0 = baked->Ascent + raster.top * scale;
    glyph->Y1 = baked->Ascent + (raster.top + raster.height) * scale;
    glyph->Visible = true;
    glyph->Colored = raster.coloured != 0;
    glyph->PackId = id;
    ImFontAtlasBakedSetFontGlyphBitmap(atlas, baked, source, glyph, ImFontAtlasPackGetRect(atlas, id), pixels,
                                       ImTextureFormat_RGBA32, width * 4);
    return true;
}

bool load_glyph(ImFontAtlas* atlas, ImFontConfig* source, ImFontBaked* baked, void*, ImWchar code_point,
                ImFontGlyph* glyph, float* advance_only) {
    const float density = baked->RasterizerDensity;
    const std::string text = text_of(code_point);
    const double pixels = static_cast<double>(baked->Size * density);
    if (advance_only != nullptr) {
        *advance_only = static_cast<float>(parley_advance(kWeight, pixels, text.c_str())) / density;
        return true;
    }
    Raster raster{};
    unsigned char* bitmap = parley_raster(kWeight, pixels, text.c_str(), &raster.advance);
    glyph->Codepoint = code_point;
    glyph->AdvanceX = raster.advance / density;
    const bool packed = bitmap == nullptr || pack(atlas, source, baked, raster, bitmap, glyph);
    std::free(bitmap);
    return packed;
}

const ImFontLoader& loader() {
    static const ImFontLoader kLoader = [] {
        ImFontLoader browser;
        browser.Name = "browser";
        browser.FontSrcInit = always;
        browser.FontSrcDestroy = nothing;
        browser.FontSrcContainsGlyph = contains;
        browser.FontBakedInit = start_baked;
        browser.FontBakedLoadGlyph = load_glyph;
        return browser;
    }();
    return kLoader;
}

}  // namespace

void add_font() {
    ImFontAtlas& atlas = *ImGui::GetIO().Fonts;
    atlas.TexDesiredFormat = ImTextureFormat_RGBA32;
    atlas.TexMaxWidth = 1024;
    atlas.TexMaxHeight = 1024;
    ImFontConfig config;
    config.FontLoader = &loader();
    config.SizePixels = 15;
    atlas.AddFont(&config);
}

}  // namespace parley::platform
