#include "net/web_files.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>
#include <unordered_map>

#include "protocol/limits.hpp"

namespace parley::net {
namespace {

constexpr std::string_view kStyleBegin = "<style>";
constexpr std::string_view kStyleEnd = "</style>";

std::string base64(std::span<const unsigned char> bytes) {
    std::string text(sodium_base64_encoded_len(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), sodium_base64_VARIANT_ORIGINAL);
    text.pop_back();  // the terminating zero
    return text;
}

std::string sha256(std::string_view bytes) {
    std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
    crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
    return base64(hash);
}

// The sources that inline styles need in style-src: the hash of each style element's text (CSP level 3).
std::string style_sources(std::string_view page) {
    std::string sources;
    for (auto begin = page.find(kStyleBegin); begin != std::string_view::npos; begin = page.find(kStyleBegin, begin)) {
        begin += kStyleBegin.size();
        const auto end = page.find(kStyleEnd, begin);
        if (end == std::string_view::npos) break;
        sources += " 'sha256-" + sha256(page.substr(begin, end - begin)) + "'";
    }
    return sources;
}

std::string policy_for(std::string_view page) {
    return "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; img-src 'self' blob: data:; "
           "media-src 'self' blob:; style-src 'self'" +
           style_sources(page) +
           "; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
}

// Not inline: the name of a web file ends in one of these or is served as bytes.
std::string_view content_type_of(std::string_view path) {
    static const std::unordered_map<std::string_view, std::string_view> types = {
        {"html", "text/html; charset=utf-8"},
        {"js", "text/javascript; charset=utf-8"},
        {"mjs", "text/javascript; charset=utf-8"},
        {"css", "text/css; charset=utf-8"},
        {"wasm", "application/wasm"},
        {"json", "application/json"},
        {"map", "application/json"},
        {"webmanifest", "application/manifest+json"},
        {"svg", "image/svg+xml"},
        {"png", "image/png"},
        {"webp", "image/webp"},
        {"ico", "image/x-icon"},
        {"txt", "text/plain; charset=utf-8"},
        {"wav", "audio/wav"},
        {"mp3", "audio/mpeg"},
        {"ogg", "audio/ogg"},
    };
    const auto dot = path.rfind('.');
    const auto found = dot == std::string_view::npos ? types.end() : types.find(path.substr(dot + 1));
    return found == types.end() ? "application/octet-stream" : found->second;
}

// "app-1f0c9a7be2.wasm": at least eight hex digits after the last dash, then the ending.
bool holds_its_hash(std::string_view path) {
    const auto dash = path.rfind('-');
    if (dash == std::string_view::npos) return false;
    const auto dot = path.find('.', dash);
    const auto hash = path.substr(dash + 1, dot == std::string_view::npos ? dot : dot - dash - 1);
    const auto is_hex = [](char letter) {
        return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f');
    };
    return dot != std::string_view::npos && hash.size() >= 8 && std::all_of(hash.begin(), hash.end(), is_hex);
}

std::unique_ptr<std::string> read_file(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    if (!file) return nullptr;
    std::ostringstream bytes;
    bytes << file.rdbuf();
    if (file.bad()) return nullptr;
    return std::make_unique<std::string>(std::move(bytes).str());
}

bool is_hidden(const std::filesystem::directory_entry& entry) {
    return entry.path().filename().string().starts_with(".");
}

// Every regular file below the folder, by its request path. No links, nothing hidden.
std::map<std::string, std::unique_ptr<std::string>> read_tree(const std::string& folder, std::string& error) {
    namespace fs = std::filesystem;
    std::map<std::string, std::unique_ptr<std::string>> tree;
    std::error_code failure;
    fs::recursive_directory_iterator at(folder, failure);
    for (; !failure && at != fs::recursive_directory_iterator(); at.increment(failure)) {
        if (is_hidden(*at) && at->is_directory(failure)) at.disable_recursion_pending();
        if (is_hidden(*at) || at->is_symlink(failure) || !at->is_regular_file(failure)) continue;
        const auto name = "/" + fs::relative(at->path(), folder, failure).generic_string();
        if (at->file_size(failure) > limits::kWebFile) {
            error = "the web file " + name + " is larger than 64 MiB";
            return {};
        }
        auto bytes = read_file(at->path());
        if (!bytes) {
            error = "the web file " + name + " cannot be read";
            return {};
        }
        tree.emplace(name, std::move(bytes));
    }
    if (failure) error = "the web folder " + folder + " cannot be read: " + failure.message();
    return tree;
}

bool is_encoding_of_another(const std::map<std::string, std::unique_ptr<std::string>>& tree, const std::string& name) {
    return (name.ends_with(".br") || name.ends_with(".gz")) && tree.contains(name.substr(0, name.size() - 3));
}

}  // namespace

WebFiles::WebFiles(std::vector<WebFile> files) {
    for (auto& file : files) {
        auto path = file.path;
        files_.emplace(std::move(path), std::move(file));
    }
    const auto* page = find("/index.html");
    policy_ = policy_for(page == nullptr ? std::string_view() : page->plain);
}

WebFiles WebFiles::from_folder(const std::string& folder, std::string& error) {
    error.clear();
    auto tree = read_tree(folder, error);
    if (!error.empty()) return {};
    const auto view_of = [&tree](const std::string& name) {
        const auto found = tree.find(name);
        return found == tree.end() ? std::string_view() : std::string_view(*found->second);
    };
    std::vector<WebFile> files;
    for (const auto& [name, bytes] : tree) {
        if (is_encoding_of_another(tree, name)) continue;
        files.push_back({name, std::string(content_type_of(name)), holds_its_hash(name),
                         '"' + sha256(*bytes).substr(0, 22) + '"', *bytes, view_of(name + ".br"),
                         view_of(name + ".gz")});
    }
    WebFiles result(std::move(files));
    if (result.find("/index.html") == nullptr) {
        error = "the web folder " + folder + " has no index.html";
        return {};
    }
    for (auto& [name, bytes] : tree) result.owned_.push_back(std::move(bytes));
    return result;
}

const WebFile* WebFiles::find(std::string_view path) const {
    const auto found = files_.find(path);
    return found == files_.end() ? nullptr : &found->second;
}

}  // namespace parley::net
