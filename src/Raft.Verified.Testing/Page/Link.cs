using Raft.Verified.Protocol;

namespace Raft.Verified.Testing.Page;

/// <summary>The link from one server to another, in one direction.</summary>
/// <param name="From">The sending server.</param>
/// <param name="To">The receiving server.</param>
internal readonly record struct Link(ServerId From, ServerId To);
