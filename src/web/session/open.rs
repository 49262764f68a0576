//! What was asked of a worker and is not answered yet.

/// Questions by the numbers under which their answers come.
pub struct Open<Asked> {
    asked: Vec<(u32, Asked)>,
    next: u32,
}

impl<Asked> Default for Open<Asked> {
    fn default() -> Self {
        Self { asked: Vec::new(), next: 0 }
    }
}

impl<Asked> Open<Asked> {
    /// A number that no open question has.
    pub fn number(&mut self) -> u32 {
        let number = self.next;
        self.next = number.wrapping_add(1);
        number
    }

    pub fn add(&mut self, number: u32, asked: Asked) {
        self.asked.push((number, asked));
    }

    /// The question of this number, which is answered.
    pub fn take(&mut self, number: u32) -> Option<Asked> {
        let at = self.asked.iter().position(|(other, _)| *other == number)?;
        Some(self.asked.swap_remove(at).1)
    }

    /// Gives all up: whoever waits for an answer gets none.
    pub fn clear(&mut self) {
        self.asked.clear();
    }

    pub fn is_empty(&self) -> bool {
        self.asked.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Asked> {
        self.asked.iter().map(|(_, asked)| asked)
    }
}
