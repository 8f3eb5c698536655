namespace Raft.Verified.Cli.Output;

/// <summary>Paints text.</summary>
internal static class Painting
{
    /// <summary>The text in this colour, where colours are allowed.</summary>
    public static string Painted(this OutputStream stream, string text, Paint paint) =>
        stream.HasColor && paint != Paint.None && text.Length > 0 ? $"\e[{(int)paint}m{text}\e[0m" : text;
}
