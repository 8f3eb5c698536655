using Raft.Verified.Protocol;

namespace Raft.Verified.Cli.Show;

/// <summary>The way from one server to another.</summary>
internal readonly record struct Link(ServerId From, ServerId To);
