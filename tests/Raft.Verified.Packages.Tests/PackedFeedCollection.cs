using Xunit;

namespace Raft.Verified.Tests.Packages;

/// <summary>The tests that use the packages: they run one after the other, on one feed.</summary>
[CollectionDefinition(PackedFeed.Name)]
public sealed class PackedFeedCollection : ICollectionFixture<PackedFeed>;
