// The tables and how they came to be: each step takes the schema up one version, in one transaction together with the
// version itself (PRAGMA user_version), so a crash leaves either the old schema or the new one.
#pragma once

#include <cstdint>
#include <span>

#include "sqlite/database.hpp"

namespace parley::sqlite {

inline constexpr std::int64_t kApplicationId = 0x5041524C;  // "PARL" in the file's header
inline constexpr std::int64_t kSchemaWithChecksums = 3;  // from here on every page has a checksum (checked_pages.hpp)

// Takes the schema from the version before to this one. Steps are append-only: a released one never changes.
using Step = void (*)(Database&);
[[nodiscard]] std::span<const Step> schema_steps();
[[nodiscard]] std::int64_t newest_schema();

[[nodiscard]] std::int64_t schema_of(const Database& database);
// Runs the steps that are missing. Throws DatabaseError; the database is then as after the last whole step.
void migrate(Database& database, std::span<const Step> steps = schema_steps());

}  // namespace parley::sqlite
