// How long and how many: every limit of a submission's values, with its unit and its reason.
#pragma once

#include <cstddef>
#include <cstdint>

#include "services/domain/values/text.h"

namespace nhanrong::domain {

// Names fit a heading of a printed report; a unit's name fits a column of a table.
inline constexpr TextLimit kUnitName = {1, 120};
inline constexpr TextLimit kAgencyName = {1, 200};
inline constexpr TextLimit kActorTitle = {1, 120};
inline constexpr TextLimit kModelName = {1, 300};
inline constexpr TextLimit kSiteName = {1, 200};
inline constexpr TextLimit kOwner = {0, 200};
inline constexpr TextLimit kBuyer = {1, 200};
inline constexpr TextLimit kCommodity = {1, 120};
// The name of another registry; a link or number in it.
inline constexpr TextLimit kRegistry = {0, 200};
inline constexpr TextLimit kRegistryNumber = {0, 200};
// As printed on a certificate.
inline constexpr TextLimit kCertificateName = {0, 120};
inline constexpr TextLimit kCertificateNumber = {0, 64};
inline constexpr TextLimit kCertificateIssuer = {0, 200};

// About a printed page: a commit with 50 figures and 20 sources stays below 65,535 bytes, a tile
// entry.
inline constexpr TextLimit kSummary = {0, 4000, true};
inline constexpr TextLimit kNarrative = {1, 4000, true};
// A paragraph.
inline constexpr TextLimit kReason = {0, 1000, true};
inline constexpr TextLimit kNote = {0, 1000, true};
inline constexpr TextLimit kReturnNote = {1, 1000, true};

// A document's number, kind and issuer as printed on its first page (Decree 30/2020/NĐ-CP).
inline constexpr TextLimit kSourceNumber = {0, 64};
inline constexpr TextLimit kSourceKind = {1, 64};
inline constexpr TextLimit kSourceIssuer = {1, 200};
inline constexpr TextLimit kSignerTitle = {0, 120};
inline constexpr TextLimit kSourceSummary = {1, 500, true};
inline constexpr TextLimit kSourceArticle = {0, 200};

// One word or a short phrase.
inline constexpr TextLimit kMeasureUnit = {1, 32};
inline constexpr TextLimit kEvidenceKind = {1, 32};
inline constexpr TextLimit kPeriodId = {1, 32};
inline constexpr TextLimit kPopulation = {1, 200};
// A figure with the words around it.
inline constexpr TextLimit kRawText = {0, 200};
inline constexpr TextLimit kPrinted = {0, 64};

// Characters; an id of another system fits (UUID 36, ULID 26).
inline constexpr TextLimit kForeignId = {0, 64};
inline constexpr std::size_t kLedgerNameMaxBytes = 64;
inline constexpr std::size_t kElectronicIdMaxBytes = 35;  // Decision 20/2020/QĐ-TTg
inline constexpr std::size_t kMediaTypeMaxBytes = 127;    // RFC 6838: 127 for type and subtype

// Decimal digits: four hold a hectare to the square metre.
inline constexpr std::uint32_t kQuantityMaxScale = 4;

// Elements. Beyond them a commit would outgrow a tile entry.
inline constexpr int kMaxSources = 20;
inline constexpr int kMaxEvidence = 50;
inline constexpr int kMaxFigures = 50;
inline constexpr int kMaxStewards = 50;
inline constexpr int kMaxScale = 20;
inline constexpr int kMaxCertificates = 20;
inline constexpr int kMaxContracts = 10;

// Days between a fact and its recording after which the sender must say why: a reporting month.
inline constexpr int kBackdatedAfterDays = 30;

}  // namespace nhanrong::domain
