namespace Raft.Verified.Testing.Text;

/// <summary>
/// The styles of text, by their escape codes. They are the basic colours, whose tones the user of a terminal chooses.
/// </summary>
internal enum Paint
{
    /// <summary>The default style of the terminal.</summary>
    None = 0,
    Bold = 1,
    Dim = 2,
    Red = 31,
    Green = 32,
    Yellow = 33,
    Blue = 34,
    Magenta = 35,
    Cyan = 36,
    Grey = 90,
}
