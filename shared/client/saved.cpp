#include "client/saved.hpp"

#include "protocol/frame_archive.hpp"

namespace parley::client {

namespace {

constexpr std::uint8_t kOperationVersion = 2;
constexpr std::uint8_t kViewVersion = 8;

// Without a person, a place in an outbox or the right to be sent as it is, it is none.
bool is_operation(const SavedOperation& operation) {
    const auto op = op_of(operation.change);
    return op && op->outbox.names_something() && op->number != 0 && operation.owner.names_something() &&
           !std::holds_alternative<Register>(operation.change);
}

}  // namespace

SavedOperation::SavedOperation() = default;
SavedOperation::SavedOperation(UserId its_owner, Timestamp when, std::optional<Refusal> why, ClientMessage what)
    : owner(its_owner), written(when), refused(why), change(std::move(what)) {}
SavedOperation::SavedOperation(const SavedOperation& other) = default;
SavedOperation::SavedOperation(SavedOperation&& other) noexcept = default;
SavedOperation& SavedOperation::operator=(const SavedOperation& other) = default;
SavedOperation& SavedOperation::operator=(SavedOperation&& other) noexcept = default;
SavedOperation::~SavedOperation() = default;
OpId SavedOperation::op() const {
    return op_of(change).value_or(OpId{});
}
bool SavedOperation::operator==(const SavedOperation& other) const = default;

Buffer bytes_of(const SavedOperation& operation) {
    Buffer bytes;
    FrameWriter writer(bytes);
    writer(kOperationVersion, operation.owner, operation.written, operation.refused);
    writer.bytes(encode(operation.change));
    return bytes;
}

std::optional<SavedOperation> saved_operation_from(std::span<const std::byte> bytes) {
    FrameReader reader(bytes);
    SavedOperation operation;
    std::uint8_t version = 0;
    reader(version);
    if (version != kOperationVersion) return std::nullopt;
    reader(operation.owner, operation.written, operation.refused);
    if (reader.failed()) return std::nullopt;
    auto change = decode_client(reader.take(reader.left()));
    if (!change.ok()) return std::nullopt;
    operation.change = std::move(change.message);
    if (!is_operation(operation)) return std::nullopt;
    return operation;
}

Buffer bytes_of(const SavedView& view) {
    Buffer bytes;
    FrameWriter writer(bytes);
    writer(kViewVersion, view);
    return bytes;
}

std::optional<SavedView> saved_view_from(std::span<const std::byte> bytes) {
    FrameReader reader(bytes);
    SavedView view;
    std::uint8_t version = 0;
    reader(version);
    if (version != kViewVersion) return std::nullopt;
    reader(view);
    if (reader.failed() || reader.left() != 0 || !view.self.names_something()) return std::nullopt;
    return view;
}

}  // namespace parley::client
