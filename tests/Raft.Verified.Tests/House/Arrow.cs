namespace Raft.Verified.Tests.House;

/// <summary>A file or folder that a project file names, so that the project depends on it.</summary>
/// <param name="From">The project file, or a file that it imports.</param>
/// <param name="Line">The line that names the target, from 1.</param>
/// <param name="Target">The path of the target from the top level, with slashes; it may hold wildcards.</param>
/// <param name="IsProject">Whether the target is a project, and not a file that is compiled, embedded or imported.</param>
internal sealed record Arrow(SourceFile From, int Line, string Target, bool IsProject);
