// A connection to one SQLite file and its prepared statements. Inside this module errors are DatabaseError, thrown; the
// Writer and the Reader catch them at the border. One thread at a time.
#pragma once

#include <sqlite3.h>

#include <algorithm>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "protocol/bounded.hpp"
#include "protocol/ids.hpp"
#include "store/store.hpp"

namespace parley::sqlite {

class DatabaseError : public std::runtime_error {
  public:
    DatabaseError(int code, const std::string& what) : std::runtime_error(what), code_(code) {}
    [[nodiscard]] int code() const { return code_; }  // SQLite's extended result code
    [[nodiscard]] bool is_damage() const {
        const int primary = code_ & 0xFF;
        return code_ == SQLITE_IOERR_DATA || primary == SQLITE_CORRUPT || primary == SQLITE_NOTADB;
    }

  private:
    int code_;
};

// At the border of the module.
[[nodiscard]] store::StorageError storage_error(const std::exception& error);

class Database {
  public:
    Database(const std::filesystem::path& file, int flags);  // flags as of sqlite3_open_v2

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }
    void run(const char* sql);                                  // statements of our own without parameters
    [[nodiscard]] std::int64_t integer(const char* sql) const;  // the first column of the first row; 0 without a row
    [[nodiscard]] std::string text(const char* sql) const;
    [[nodiscard]] bool in_transaction() const { return sqlite3_get_autocommit(handle_.get()) == 0; }
    [[nodiscard]] DatabaseError error(int code, std::string_view doing) const;

  private:
    struct Close {
        void operator()(sqlite3* handle) const { sqlite3_close_v2(handle); }
    };
    std::unique_ptr<sqlite3, Close> handle_;
};

// SQLite's integers are signed: ids keep their 64 bits, places and numbers stop at the largest signed one.
constexpr std::int64_t as_stored_id(std::uint64_t id) {
    return static_cast<std::int64_t>(id);
}
constexpr std::int64_t as_stored_place(std::uint64_t place) {
    return static_cast<std::int64_t>(std::min<std::uint64_t>(place, std::numeric_limits<std::int64_t>::max()));
}

template <class T>
concept TextField = requires {
    T::kMaximum;
}
&&requires(const T& text) {
    text.view();
};

template <class T>
inline constexpr bool kIsId = false;
template <class Kind>
inline constexpr bool kIsId<Id<Kind>> = true;
template <class T>
inline constexpr bool kIsPlace = false;
template <class Kind>
inline constexpr bool kIsPlace<Place<Kind>> = true;

// The rows of one run of a statement. Ends the run when it goes.
class Rows {
  public:
    explicit Rows(sqlite3_stmt* statement) : statement_(statement) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    [[nodiscard]] bool next();  // to the next row, if there is one
    [[nodiscard]] std::int64_t integer(int column) const { return sqlite3_column_int64(statement_, column); }
    [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }
    [[nodiscard]] std::string_view text(int column) const;            // until next()
    [[nodiscard]] std::span<const std::byte> blob(int column) const;  // until next()

    template <class Value>
    [[nodiscard]] Value get(int column) const {
        if constexpr (kIsId<Value> || kIsPlace<Value>) {
            return Value(static_cast<std::uint64_t>(integer(column)));
        } else if constexpr (std::same_as<Value, Timestamp>) {
            return Timestamp{integer(column)};
        } else if constexpr (TextField<Value>) {
            auto value = Value::from(text(column));
            if (!value) throw DatabaseError(SQLITE_CORRUPT, "a stored text is longer than its bound");
            return *std::move(value);
        } else {
            static_assert(std::integral<Value> || std::is_enum_v<Value>);
            return static_cast<Value>(integer(column));
        }
    }

  private:
    sqlite3_stmt* statement_;
};

// Prepared once, run often, each time with its parameters ?1, ?2, … Values are bound, never written into the SQL.
class Statement {
  public:
    Statement(Database& database, std::string_view sql);

    // At most one Rows of a statement lives at a time.
    template <class... Values>
    [[nodiscard]] Rows operator()(const Values&... values) {
        int index = 0;
        (bind(++index, values), ...);
        return Rows(statement_.get());
    }
    template <class... Values>
    void run(const Values&... values) {
        auto rows = (*this)(values...);
        while (rows.next()) {
        }
    }
    template <class... Values>
    [[nodiscard]] bool finds(const Values&... values) {
        return (*this)(values...).next();
    }

  private:
    template <class Value>
    void bind(int index, const Value& value) {
        if constexpr (kIsId<Value>) {
            bind_integer(index, as_stored_id(value.value()));
        } else if constexpr (kIsPlace<Value>) {
            bind_integer(index, as_stored_place(value.value()));
        } else if constexpr (std::same_as<Value, Timestamp>) {
            bind_integer(index, value.milliseconds);
        } else if constexpr (std::same_as<Value, std::nullptr_t>) {
            check(sqlite3_bind_null(statement_.get(), index));
        } else if constexpr (TextField<Value>) {
            bind_text(index, value.view());
        } else if constexpr (std::convertible_to<Value, std::string_view>) {
            bind_text(index, value);
        } else if constexpr (std::convertible_to<Value, std::span<const std::byte>>) {
            bind_blob(index, value);
        } else {
            static_assert(std::signed_integral<Value> || std::same_as<Value, bool> || std::is_enum_v<Value>);
            bind_integer(index, static_cast<std::int64_t>(value));
        }
    }
    void bind_integer(int index, std::int64_t value) { check(sqlite3_bind_int64(statement_.get(), index, value)); }
    void bind_text(int index, std::string_view value);
    void bind_blob(int index, std::span<const std::byte> value);
    void check(int code) const;

    struct Finalize {
        void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
    };
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
};

}  // namespace parley::sqlite
