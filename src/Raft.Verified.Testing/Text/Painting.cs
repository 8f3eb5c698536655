namespace Raft.Verified.Testing.Text;

/// <summary>A function that adds styles to text.</summary>
internal static class Painting
{
    /// <summary>
    /// Returns a text with escape codes for a style; the plain text when the destination has no colours.
    /// </summary>
    /// <param name="text">The plain text.</param>
    /// <param name="paint">The style of the text.</param>
    /// <param name="hasColor">True when the destination has colours.</param>
    public static string Painted(string text, Paint paint, bool hasColor) =>
        hasColor && paint != Paint.None && text.Length > 0 ? $"\e[{(int)paint}m{text}\e[0m" : text;
}
