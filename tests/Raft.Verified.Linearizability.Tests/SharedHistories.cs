using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The folder of recorded histories beside the repository.</summary>
internal static class SharedHistories
{
    public const string Expected = "expected.json";

    /// <summary>The path of the folder, which need not exist.</summary>
    public static string Folder { get; } = Path.GetFullPath(Repository.File("..", "shared", "histories"));

    /// <summary>Why there is nothing to test; null when there is.</summary>
    public static string? Missing { get; } = File.Exists(Path.Combine(Folder, Expected)) ? null : $"there are no recorded histories: {Path.Combine(Folder, Expected)} is missing";
}

/// <summary>A test that needs the recorded histories beside the repository, and is skipped with the reason where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedHistoriesFactAttribute : FactAttribute
{
    public SharedHistoriesFactAttribute() => Skip = SharedHistories.Missing;
}
