using Raft.Verified.Testing.Log;

namespace Raft.Verified.Cli.Commands;

/// <summary>The options of <c>raft replay</c>.</summary>
/// <param name="Path">The path of the schedule file.</param>
/// <param name="Assembly">The assembly or project with the scenario; null for the one that the schedule names.</param>
/// <param name="Topics">The topics to show.</param>
/// <param name="Columns">True for columns, false for none; null for columns if they fit.</param>
/// <param name="From">The number of the first step to show; null for the first of the schedule.</param>
/// <param name="To">The number of the last step to show; null for the last of the schedule.</param>
/// <param name="Server">The name of the server to show, such as <c>S2</c>; null for all.</param>
/// <param name="IsTolerant">True to skip steps that no longer match the code.</param>
/// <param name="TraceFile">The path of the trace; null to write none.</param>
/// <param name="StepTimeout">The maximum real time per step.</param>
internal sealed record ReplayOptions(
    string Path, string? Assembly, LogTopic Topics, bool? Columns, int? From, int? To, string? Server, bool IsTolerant, string? TraceFile, TimeSpan StepTimeout);
