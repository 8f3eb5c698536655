namespace Raft.Verified.Linearizability.Files;

/// <summary>A formatter for text from a file that is quoted in a message.</summary>
internal static class Found
{
    private const int MaxLength = 60;

    /// <summary>Returns the text, shortened to a length that fits into a message.</summary>
    /// <param name="text">The text as found.</param>
    public static string Of(string text) => text.Length <= MaxLength ? text : $"{text.AsSpan(0, MaxLength)}...";
}
