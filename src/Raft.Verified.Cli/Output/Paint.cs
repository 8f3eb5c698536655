namespace Raft.Verified.Cli.Output;

/// <summary>The colours that text may have: those that every terminal has, in the tones its user chose.</summary>
internal enum Paint
{
    /// <summary>As the terminal prints text.</summary>
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
