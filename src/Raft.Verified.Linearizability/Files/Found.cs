namespace Raft.Verified.Linearizability.Files;

/// <summary>What was found in a file, short enough for a message.</summary>
internal static class Found
{
    private const int MaxLength = 60;

    public static string Of(string text) => text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength)}...";
}
