
namespace Raft.Verified.Cli.Output;

/// <summary>An extension that adds styles to text.</summary>
internal static class Painting
{
    /// <summary>
    /// Returns a text with escape codes for a style; the plain text when the destination has no colours.
    /// </summary>
    /// <param name="stream">The destination of the text.</param>
    /// <param name="text">The plain text.</param>
    /// <param name="paint">The style of the text.</param>
    public static string Painted(this OutputStream stream, string text, Paint paint) =>
        Testing.Text.Painting.Painted(text, paint, stream.HasColor);
}
