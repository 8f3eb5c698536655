namespace Raft.Verified.Exploration.Runtime;

/// <summary>Randomness whose every value is a decision of the schedule.</summary>
internal sealed class ControlledRandom(ISimulation simulation, string what) : Random
{
    public override int Next() => simulation.Choose(int.MaxValue, what);

    public override int Next(int maxValue) => maxValue <= 1 ? 0 : simulation.Choose(maxValue, what);

    public override int Next(int minValue, int maxValue) => minValue + Next(maxValue - minValue);

    public override long NextInt64() => ((long)Next() << 32) | (uint)simulation.Choose(int.MaxValue, what);

    public override long NextInt64(long maxValue) => maxValue <= int.MaxValue ? Next((int)maxValue) : NextInt64() % maxValue;

    public override long NextInt64(long minValue, long maxValue) => minValue + NextInt64(maxValue - minValue);

    public override double NextDouble() => simulation.Choose(1 << 30, what) / (double)(1 << 30);

    public override float NextSingle() => (float)NextDouble();

    public override void NextBytes(byte[] buffer) => NextBytes(buffer.AsSpan());

    public override void NextBytes(Span<byte> buffer)
    {
        for (int i = 0; i < buffer.Length; i++)
        {
            buffer[i] = (byte)simulation.Choose(256, what);
        }
    }

    protected override double Sample() => NextDouble();
}
