#include "outline.hpp"

#include "markup/markup.hpp"

namespace parley::markup {

namespace {

std::string look_of(const Run& run, const Tree& tree) {
    std::string look;
    if (run.style.bold) look += 'b';
    if (run.style.italic) look += 'i';
    if (run.style.strike) look += 's';
    if (run.style.code) look += 'c';
    if (run.spoiler > 0) look += '|' + std::to_string(run.spoiler);
    if (run.link > 0) look += '@' + tree.links[run.link - 1].address;
    return look;
}

std::string words_of(const Run& run, std::string_view text) {
    switch (run.kind) {
        case RunKind::person:
            return "person " + std::to_string(run.person().value());
        case RunKind::room:
            return "room " + std::to_string(run.room().value());
        case RunKind::here:
            return "here";
        case RunKind::all:
            return "all";
        case RunKind::line_break:
            return "/";
        default:
            return std::string(run.source.of(text));
    }
}

std::string outline_of(const Run& run, const Tree& tree, std::string_view text) {
    if (run.kind == RunKind::mark) return "";
    if (run.kind == RunKind::line_break) return "/";
    const auto look = look_of(run, tree);
    const auto words = words_of(run, text);
    if (run.kind != RunKind::text) return '{' + look + (look.empty() ? "" : ":") + words + '}';
    return look.empty() ? words : '{' + look + ':' + words + '}';
}

std::string signs_of(const Block& block, std::string_view text) {
    std::string signs(block.quote_depth, '>');
    const auto sign = block.item == ItemMark::bullet   ? std::string("-")
                      : block.item == ItemMark::number ? std::to_string(block.number) + '.'
                                                       : std::string(".");
    for (int depth = 0; depth < block.list_depth; ++depth) signs += (signs.empty() ? "" : " ") + sign;
    if (block.kind == BlockKind::code) signs += "```" + std::string(block.language.of(text));
    return signs.empty() ? signs : signs + ' ';
}

}  // namespace

std::string outline(std::string_view text) {
    const auto tree = parse(text);
    std::string outline;
    for (const auto& block : tree.blocks) {
        if (&block != &tree.blocks.front()) outline += '\n';
        outline += signs_of(block, text);
        const bool is_code = block.kind == BlockKind::code;
        for (auto run = block.first_run; run < block.end_run; ++run) {
            auto plain = tree.runs[run];
            if (is_code) plain.style.code = false;
            outline += outline_of(plain, tree, text);
        }
    }
    return outline;
}

}  // namespace parley::markup
