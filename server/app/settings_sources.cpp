// The configuration file and the environment, as texts by key.
#include <toml++/toml.h>
#include <algorithm>

#include "app/settings.hpp"

namespace parley::app {

namespace {

constexpr std::string_view kEnvironmentPrefix = "PARLEY_";

// Levenshtein's distance, for "did you mean".
std::size_t distance(std::string_view one, std::string_view other) {
    std::vector<std::size_t> row(other.size() + 1);
    for (std::size_t i = 0; i <= other.size(); ++i) row[i] = i;
    for (std::size_t i = 1; i <= one.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= other.size(); ++j) {
            const auto replaced = diagonal + (one[i - 1] == other[j - 1] ? 0 : 1);
            diagonal = std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1, replaced}));
        }
    }
    return row.back();
}

bool is_key(std::string_view name) {
    return std::any_of(keys().begin(), keys().end(), [&](const Key& key) { return key.name == name; });
}

std::string no_value(const std::string& path, const std::string& name) {
    return path + ": " + name + " must be a text, a number or a list of texts";
}

std::string unknown_key(std::string_view source, std::string_view name) {
    const auto nearest = std::min_element(keys().begin(), keys().end(), [&](const Key& one, const Key& other) {
        return distance(one.name, name) < distance(other.name, name);
    });
    return std::string(source) + ": unknown key " + std::string(name) + "; did you mean " + std::string(nearest->name) +
           "?";
}

std::optional<std::string> text_of(const toml::node& node) {
    if (const auto* text = node.as_string()) return text->get();
    if (const auto* number = node.as_integer()) return std::to_string(number->get());
    if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
    const auto* list = node.as_array();
    if (!list) return std::nullopt;
    std::string joined;
    for (const auto& element : *list) {
        const auto* text = element.as_string();
        if (!text) return std::nullopt;
        joined += (joined.empty() ? "" : ",") + text->get();
    }
    return joined;
}

std::string upper(std::string_view name) {
    std::string out;
    for (const char c : name)
        out += c == '.' ? "__" : std::string(1, c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
    return out;
}

}  // namespace

std::expected<Values, std::string> values_of_file(const std::string& path) {
    toml::table file;
    try {
        file = toml::parse_file(path);
    } catch (const toml::parse_error& error) {
        const auto where = error.source().begin;
        return std::unexpected(path + ":" + std::to_string(where.line) + ": " + std::string(error.description()));
    }
    Values values;
    for (const auto& [section, table] : file) {
        if (!table.as_table()) return std::unexpected(unknown_key(path, section.str()));
        for (const auto& [key, node] : *table.as_table()) {
            std::string name(section.str());
            name.append(".").append(key.str());
            if (!is_key(name)) return std::unexpected(unknown_key(path, name));
            const auto text = text_of(node);
            if (!text) return std::unexpected(no_value(path, name));
            values[name] = *text;
        }
    }
    return values;
}

std::expected<Values, std::string> values_of_environment(const char* const* environment) {
    Values values;
    for (; *environment; ++environment) {
        const std::string_view entry(*environment);
        const auto equals = entry.find('=');
        if (!entry.starts_with(kEnvironmentPrefix) || equals == std::string_view::npos) continue;
        const auto wanted = entry.substr(kEnvironmentPrefix.size(), equals - kEnvironmentPrefix.size());
        const auto key =
            std::find_if(keys().begin(), keys().end(), [&](const Key& known) { return upper(known.name) == wanted; });
        if (key != keys().end()) values[std::string(key->name)] = entry.substr(equals + 1);
        // Names without the "__" of a section are other programs' (PARLEY_IMGUI_DIR of the build): not ours to judge.
        if (key == keys().end() && wanted.find("__") != std::string_view::npos)
            return std::unexpected("environment: unknown key " + std::string(entry.substr(0, equals)) +
                                   "; see parley-server serve --help");
    }
    return values;
}

}  // namespace parley::app
