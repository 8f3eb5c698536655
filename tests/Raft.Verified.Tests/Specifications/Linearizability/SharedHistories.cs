using Xunit;

namespace Raft.Verified.Tests.Specifications.Linearizability;

/// <summary>The folder of recorded histories beside the repository.</summary>
internal static class SharedHistories
{
    public const string Expected = "expected.json";

    /// <summary>Where the folder is, or would be.</summary>
    public static string Folder { get; } = Path.GetFullPath(Path.Combine(Root(), "..", "shared", "histories"));

    /// <summary>Why there is nothing to test; null when there is.</summary>
    public static string? Missing { get; } = File.Exists(Path.Combine(Folder, Expected)) ? null : $"there are no recorded histories: {Path.Combine(Folder, Expected)} is missing";

    private static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Raft.Verified.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} has Raft.Verified.sln; run the tests where they were built");
    }
}

/// <summary>A test that needs the recorded histories beside the repository, and is skipped with the reason where they are not.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SharedHistoriesFactAttribute : FactAttribute
{
    public SharedHistoriesFactAttribute() => Skip = SharedHistories.Missing;
}
