// Fields with a bound that travels with the type: no decoder can be talked into more.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace parley {

// UTF-8 text of at most `Maximum` bytes. The codec refuses longer text and text that is not UTF-8.
template <std::size_t Maximum>
class Text {
  public:
    static constexpr std::size_t kMaximum = Maximum;

    Text() = default;
    // Nothing if the text is longer than the bound: the caller says so to whoever typed it.
    [[nodiscard]] static std::optional<Text> from(std::string_view text) {
        if (text.size() > Maximum) return std::nullopt;
        return Text(std::string(text));
    }
    // For text that is ours: cut at a code point, never in the middle of one.
    [[nodiscard]] static Text cut(std::string_view text) {
        if (text.size() > Maximum) {
            std::size_t end = Maximum;
            while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
            text = text.substr(0, end);
        }
        return Text(std::string(text));
    }
    [[nodiscard]] const std::string& str() const { return text_; }
    [[nodiscard]] std::string_view view() const { return text_; }
    [[nodiscard]] bool empty() const { return text_.empty(); }
    bool operator==(const Text&) const = default;

  private:
    explicit Text(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

// At most `Maximum` elements. push_back and insert beyond the bound are refused with false.
template <class Element, std::size_t Maximum>
class List {
  public:
    static constexpr std::size_t kMaximum = Maximum;
    using value_type = Element;

    List() = default;
    List(std::initializer_list<Element> elements) : elements_(elements) {
        if (elements_.size() > Maximum) elements_.resize(Maximum);
    }
    bool push_back(Element element) {
        if (elements_.size() >= Maximum) return false;
        elements_.push_back(std::move(element));
        return true;
    }
    bool insert(std::size_t index, Element element) {
        if (elements_.size() >= Maximum || index > elements_.size()) return false;
        elements_.insert(elements_.begin() + static_cast<std::ptrdiff_t>(index), std::move(element));
        return true;
    }
    // REQUIRES: index < size().
    void erase(std::size_t index) { elements_.erase(elements_.begin() + static_cast<std::ptrdiff_t>(index)); }
    [[nodiscard]] bool full() const { return elements_.size() >= Maximum; }
    [[nodiscard]] std::size_t size() const { return elements_.size(); }
    [[nodiscard]] bool empty() const { return elements_.empty(); }
    void reserve(std::size_t count) { elements_.reserve(count < Maximum ? count : Maximum); }
    [[nodiscard]] const std::vector<Element>& items() const { return elements_; }
    auto begin() const { return elements_.begin(); }
    auto end() const { return elements_.end(); }
    auto begin() { return elements_.begin(); }
    auto end() { return elements_.end(); }
    Element& operator[](std::size_t index) { return elements_[index]; }
    const Element& operator[](std::size_t index) const { return elements_[index]; }
    const Element& front() const { return elements_.front(); }
    const Element& back() const { return elements_.back(); }
    bool operator==(const List&) const = default;

  private:
    std::vector<Element> elements_;
};

// Exactly `Count` bytes: tokens.
template <std::size_t Count>
using Bytes = std::array<std::byte, Count>;

}  // namespace parley
