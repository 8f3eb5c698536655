namespace Raft.Verified.Protocol;

internal static class Rounds
{
    // Silent where there are no reads, as in most logs.
    public static string Text(ReadRound round) => round == ReadRound.None ? "" : $" round {round}";
}
