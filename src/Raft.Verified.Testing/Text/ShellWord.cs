namespace Raft.Verified.Testing.Text;

/// <summary>The words of command lines that people copy into a shell.</summary>
internal static class ShellWord
{
    /// <summary>Quotes a word of a command line for the shell, if necessary.</summary>
    /// <param name="word">The word, which may be empty.</param>
    public static string Quoted(string word) =>
        word.Length > 0 && word.All(character => char.IsLetterOrDigit(character) || "_-./:=@%+,".Contains(character)) ? word
        : OperatingSystem.IsWindows() ? $"\"{word}\""
        : $"'{word.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
